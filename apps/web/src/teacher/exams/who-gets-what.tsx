import { createMemo, createUniqueId, For, Show } from 'solid-js'
import { api } from '../../lib/api'
import { formatDateTime, formatDuration } from '../../lib/format'
import { createLoader, listAll } from '../../lib/load'
import { profileWords } from '../../lib/why'
import { t } from '../../messages/teaching'
import '../../parts/table.css'
import { ErrorNotice } from '../../parts/notice'
import { Skeleton } from '../../parts/skeleton'
import type { Accommodation, ClassMember } from './class-types'
import { type Given, previewTimes, type TimeSettings } from './preview-times'

type Row = { name: string; because: string; given: Given }

/** Before an exam is saved: how long each student of the class will have, and who gets more and why. */
export function WhoGetsWhat(props: { classId: string; settings: TimeSettings }) {
  const id = createUniqueId()
  const people = createLoader(
    () => props.classId,
    async (classId, signal) => {
      const [members, { items }] = await Promise.all([
        listAll<ClassMember>(`/api/classes/${classId}/members`, signal),
        api.get<{ items: Accommodation[] }>(`/api/accommodations?classId=${classId}`, { signal }),
      ])
      const students = members.filter(({ role }) => role === 'student')
      const ids = new Set(students.map(({ person }) => person.id))
      const extended = items.filter(
        ({ personId, timeFactor, extraMinutes }) => ids.has(personId) && (timeFactor !== '1' || extraMinutes > 0),
      )
      return { studentCount: students.length, extended }
    },
  )
  const rows = createMemo((): Row[] =>
    (people.data()?.extended ?? []).map((profile) => ({
      name: profile.name,
      because: profileWords(profile),
      given: previewTimes(props.settings, profile),
    })),
  )
  const others = () => (people.data()?.studentCount ?? 0) - rows().length
  return (
    <section class="card stack" aria-live="polite" aria-labelledby={id}>
      <strong id={id} class="who-title">
        {t('who.title')}
      </strong>
      <Show
        when={people.data()}
        fallback={
          <Show when={people.error()} fallback={<Skeleton lines={2} />}>
            {(error) => <ErrorNotice error={error()} onRetry={() => void people.reload()} />}
          </Show>
        }
      >
        <Show when={people.data()?.studentCount} fallback={<p>{t('who.empty')}</p>}>
          <p>{t('who.others', { count: others(), time: describeGiven(props.settings) })}</p>
          <Show when={rows().length > 0} fallback={<p class="soft">{t('who.nobodyMore')}</p>}>
            <table class="table">
              <caption class="hidden-text">{t('who.caption')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('who.student')}</th>
                  <th scope="col">{t('who.gets')}</th>
                  <th scope="col">{t('who.because')}</th>
                </tr>
              </thead>
              <tbody>
                <For each={rows()}>
                  {(row) => (
                    <tr>
                      <th scope="row">{row.name}</th>
                      <td>{describeGiven(row.given)}</td>
                      <td class="soft">{row.because}</td>
                    </tr>
                  )}
                </For>
              </tbody>
            </table>
          </Show>
        </Show>
      </Show>
    </section>
  )
}

/** "90 minutes, until 1 Dec 2026, 10:00" */
export function describeGiven({ limitSeconds, closesAt }: Given): string {
  const time = limitSeconds === null ? t('time.unlimited') : formatDuration(limitSeconds)
  return closesAt === null ? t('who.timeOpen', { time }) : t('who.timeUntil', { time, until: formatDateTime(closesAt) })
}
