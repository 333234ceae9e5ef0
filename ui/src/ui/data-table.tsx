import type { ReactNode } from "react";
import classes from "./data-table.module.css";

export interface Column<Row> {
  header: string;
  cell: (row: Row) => ReactNode;
  /** Buttons at the end of the row: no heading to see, and under the rest on a narrow screen. */
  actions?: boolean;
  /** The cell keeps to one line. */
  tight?: boolean;
}

interface Props<Row> {
  label: string;
  /** The first names the row. */
  columns: Column<Row>[];
  rows: Row[];
  keyOf: (row: Row) => string;
}

/** Rows of things; on a narrow screen each becomes a card whose lines say what they are. */
export function DataTable<Row>({ label, columns, rows, keyOf }: Props<Row>) {
  const [first, ...others] = columns;
  return (
    <table className={classes.table} aria-label={label}>
      <thead>
        <tr>
          {columns.map(({ header, actions }) => (
            <th key={header} scope="col">
              {actions ? <span className="visually-hidden">{header}</span> : header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            <th scope="row" className={classes.name}>
              {first?.cell(row)}
            </th>
            {others.map(({ header, cell, actions, tight }) => (
              <td
                key={header}
                className={actions ? classes.actions : tight ? classes.tight : undefined}
                data-label={header}
              >
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A name and, under it, what tells it from others of that name. */
export function TwoLines({ main, sub }: { main: ReactNode; sub?: ReactNode }) {
  return (
    <>
      <span className={classes.main}>{main}</span>
      {sub && <span className={classes.sub}>{sub}</span>}
    </>
  );
}
