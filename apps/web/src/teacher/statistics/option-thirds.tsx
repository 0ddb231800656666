import type { OptionStatistics, QuestionStatistics } from '@hourglass/grading/model'
import { createUniqueId, For, Show } from 'solid-js'
import { formatNumber } from '../../lib/format'
import { t } from '../../messages/teaching'
import '../../parts/table.css'
import { Html } from '../../parts/html'
import { Tag } from '../../parts/tag'

const thirds = ['lower', 'middle', 'upper'] as const
const barWidth = 100

/** Which options did the weak, middle and strong thirds choose? Bars beside the numbers that they stand for: the table is the plot. */
export function OptionThirds(props: { question: QuestionStatistics }) {
  const id = createUniqueId()
  const sizeOf = (third: (typeof thirds)[number]) =>
    props.question.options.reduce((sum, option) => sum + option[third], 0)
  const share = (option: OptionStatistics, third: (typeof thirds)[number]) =>
    sizeOf(third) === 0 ? 0 : option[third] / sizeOf(third)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section class="table-scroll" tabIndex={0} aria-labelledby={id}>
      <table class="table thirds">
        <caption id={id}>{t('thirds.title', { number: props.question.number })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('thirds.option')}</th>
            <For each={thirds}>
              {(third) => (
                <th scope="col" class="table-number">
                  {t(`thirds.${third}`, { size: sizeOf(third) })}
                </th>
              )}
            </For>
            <th scope="col" class="table-number">
              {t('thirds.all')}
            </th>
          </tr>
        </thead>
        <tbody>
          <For each={props.question.options}>
            {(option, index) => (
              <tr>
                <th scope="row">
                  <span class="row thirds-option">
                    <span class="soft">{option.optionId === '' ? '' : letterOf(index())}</span>
                    <Show when={option.html} fallback={<span>{nameOf(option)}</span>}>
                      {(html) => <Html html={html()} isInline />}
                    </Show>
                    <Show when={Number(option.weight) > 0}>
                      <Tag meaning="stored" icon="check">
                        {t('response.right')}
                      </Tag>
                    </Show>
                  </span>
                </th>
                <For each={thirds}>
                  {(third) => (
                    <td class="table-number">
                      <svg viewBox="0 0 100 8" class="thirds-bar" aria-hidden="true" preserveAspectRatio="none">
                        <rect class="thirds-track" width="100" height="8" />
                        <rect
                          classList={{
                            'plot-bar': Number(option.weight) > 0,
                            'thirds-wrong': !(Number(option.weight) > 0),
                          }}
                          width={share(option, third) * barWidth}
                          height="8"
                        />
                      </svg>
                      {t('thirds.value', {
                        count: option[third],
                        share: formatNumber(share(option, third), { style: 'percent', maximumFractionDigits: 0 }),
                      })}
                    </td>
                  )}
                </For>
                <td class="table-number">{formatNumber(option.count)}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </section>
  )
}

function nameOf({ optionId }: OptionStatistics): string {
  if (optionId === 'true') return t('response.true')
  if (optionId === 'false') return t('response.false')
  return optionId === '' ? t('response.none') : optionId
}

const letterOf = (index: number): string => (index < 26 ? String.fromCharCode(65 + index) : String(index + 1))
