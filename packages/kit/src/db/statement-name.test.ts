import { expect, test } from 'bun:test'
import { nameStatement } from './statement-name'

test.each([
  ['select 1', 'SELECT'],
  ['select "id" from "exams"."attempts" where "id" = $1', 'SELECT exams.attempts'],
  ['insert into exams.answers (a) values ($1)', 'INSERT exams.answers'],
  ['UPDATE "exams"."attempts" set state = $1', 'UPDATE exams.attempts'],
  ['delete from only exams.reseals where x', 'DELETE exams.reseals'],
  [
    'with input as (select * from unnest($1::int[]) t), done as (insert into exams.log select 1) select 1',
    'INSERT exams.log',
  ],
  ['with a as (select x from exams.exams) select * from a', 'SELECT exams.exams'],
  ['select pg_advisory_lock(1)', 'SELECT'],
  ['select extract(epoch from clock_timestamp()) * 1000 as now', 'SELECT'],
  ['  \n create index x on y (z)', 'CREATE'],
  ["select * from people where email = 'ada@example.org'", 'SELECT people'],
])('"%s" is named %s', (text, name) => expect(nameStatement([text])).toBe(name))
