import { Show } from 'solid-js'
import { Html } from '../../parts/html'
import type { Room } from './room-state'

/** A section's title and words before its first question, and the quiz's own before all. */
export function SectionIntro(props: { room: Room; questionId: string }) {
  const paper = () => props.room.attempt.paper
  const section = () => paper()?.sections.find(({ questions }) => questions[0]?.id === props.questionId)
  const isFirst = () => props.room.questions[0]?.id === props.questionId
  return (
    <>
      <Show when={isFirst() && paper()?.introHtml}>{(html) => <Html html={html()} class="room-intro" />}</Show>
      <Show when={section()}>
        {(found) => (
          <Show when={found().title || found().introHtml}>
            <div class="stack-tight">
              <p class="room-section">{found().title}</p>
              <Html html={found().introHtml} />
            </div>
          </Show>
        )}
      </Show>
    </>
  )
}
