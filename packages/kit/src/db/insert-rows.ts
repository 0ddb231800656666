import { getTableColumns, type SQL, sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { Db } from './connect'

/**
 * Inserts many rows by one statement whose text and parameters do not grow with them: the rows go as one text of JSON, so the statement
 * is planned once, and neither side handles a parameter for each value. All rows have the columns of the first.
 * @param conflict such as `on conflict do nothing`
 */
export async function insertRows<Table extends PgTable>(
  tx: Db,
  table: Table,
  rows: readonly Table['$inferInsert'][],
  conflict: SQL = sql``,
): Promise<void> {
  const [first] = rows
  if (!first) return
  const columns = Object.entries<PgColumn>(getTableColumns(table)).filter(([key]) => key in first)
  const names = sql.join(
    columns.map(([, { name }]) => sql.identifier(name)),
    sql`, `,
  )
  const types = columns.map(([, column]) => sql`${sql.identifier(column.name)} ${sql.raw(column.getSQLType())}`)
  const text = JSON.stringify(rows.map((row) => toObject(columns, row)))
  // As text first: the driver would write a parameter of the type json as JSON once more.
  await tx.execute(sql`insert into ${table} (${names}) select ${names}
    from json_to_recordset(${text}::text::json) as input (${sql.join(types, sql`, `)}) ${conflict}`)
}

const toObject = (columns: readonly [string, PgColumn][], row: object) =>
  Object.fromEntries(columns.map(([key, column]) => [column.name, toJson(column, Reflect.get(row, key))]))

/** As the column takes it from the driver; JSON itself stays as it is, and so do lists, which PostgreSQL reads from JSON's. */
function toJson(column: PgColumn, value: unknown): unknown {
  if (value === null || value === undefined) return null
  return column.dataType === 'json' || column.dataType === 'array' ? value : column.mapToDriverValue(value)
}
