import type { QuestionView } from '@hourglass/grading/model'
import type { Response } from '@hourglass/questions/response'
import { createEffect } from 'solid-js'
import { t } from '../../messages/student'
import { Html } from '../../parts/html'

type Gaps = NonNullable<QuestionView['gaps']>

/** The text with its gaps: each numbered as in the table below it, with what was answered in place. */
export function FilledGaps(props: { html: string; gaps: Gaps; response: Response | null | undefined }) {
  let root: HTMLDivElement | undefined
  createEffect(() => {
    const given = props.response?.type === 'gap-fill' ? props.response.gaps : {}
    const isShown = props.response !== undefined
    props.gaps.forEach((gap, index) => {
      const place = root?.querySelector(`[data-gap="${CSS.escape(gap.id)}"]`)
      if (!place) return
      place.className = 'review-gap'
      const number = document.createElement('span')
      number.className = 'review-gap-number'
      number.textContent = String(index + 1)
      place.replaceChildren(number, ...(isShown ? [answerNode(gap, given[gap.id] ?? '')] : []))
    })
  })
  return (
    <div ref={root} class="review-stem">
      <Html html={props.html} />
    </div>
  )
}

/** A choice's text is HTML that the server has sanitised; what was typed is text and stays text. */
function answerNode(gap: Gaps[number], answer: string): Node {
  const choice = gap.choices?.find(({ id }) => id === answer)
  const node = document.createElement('span')
  if (choice) node.innerHTML = choice.html
  else node.textContent = answer === '' ? t('review.empty') : answer
  return node
}
