import { useInfiniteQuery } from "@tanstack/react-query";
import { allOrganizationsQuery } from "../../api/access-queries";
import { itemsOf } from "../../api/paged";
import { isShown } from "../../api/problem";
import { Ago } from "../../ui/ago";
import { DataTable, TwoLines } from "../../ui/data-table";
import { Panel } from "../../ui/panel";
import { ShowMore } from "../../ui/show-more";
import { Unread } from "../../ui/unread";

export function OrganizationsTab() {
  const query = useInfiniteQuery(allOrganizationsQuery());
  return (
    <Panel title="Organisations" flush>
      <Unread query={query} />
      {isShown(query) && (
        <DataTable
          label="Organisations"
          rows={itemsOf(query.data)}
          keyOf={({ id }) => id}
          columns={[
            { header: "Name", cell: ({ name, slug }) => <TwoLines main={name} sub={slug} /> },
            { header: "Id", cell: ({ id }) => <span className="mono">{id}</span> },
            { header: "Made", tight: true, cell: ({ createdAt }) => <Ago at={createdAt} /> },
          ]}
        />
      )}
      <ShowMore query={query} />
    </Panel>
  );
}
