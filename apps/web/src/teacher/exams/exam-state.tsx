import type { Exam } from '@hourglass/exams/model'
import { t } from '../../messages/teaching'
import { Tag } from '../../parts/tag'

export type ExamState = 'cancelled' | 'upcoming' | 'open' | 'closed'

/** By the exam's own times; a student with an exception may still be sitting a closed one. */
export function examStateOf({ isCancelled, opensAt, closesAt }: Exam, nowMs: number): ExamState {
  if (isCancelled) return 'cancelled'
  if (opensAt !== null && Date.parse(opensAt) > nowMs) return 'upcoming'
  return closesAt !== null && Date.parse(closesAt) <= nowMs ? 'closed' : 'open'
}

export function ExamStateTag(props: { state: ExamState }) {
  return (
    <Tag
      meaning={props.state === 'open' ? 'accent' : 'neutral'}
      icon={props.state === 'open' ? 'clock' : props.state === 'cancelled' ? 'close' : 'hourglass'}
    >
      {t(`exam.state.${props.state}`)}
    </Tag>
  )
}
