drop table endpoints, routes, edge_generation;
drop function bump_edge_generation();
