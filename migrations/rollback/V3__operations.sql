drop table workflow_steps, operations;
