import { For } from 'solid-js'
import { ApiError } from '../../lib/api-error'
import { Button } from '../../parts/button'
import { Empty } from '../../parts/empty'
import { Html } from '../../parts/html'
import { ErrorNotice, Notice } from '../../parts/notice'
import { Skeleton } from '../../parts/skeleton'
import { Tag } from '../../parts/tag'
import { TagList } from '../../parts/tag-list'
import { Time } from '../../parts/time'

const meanings = ['stored', 'kept', 'attention', 'error'] as const
const words = {
  stored: 'Stored 10:14:03',
  kept: 'Kept on this computer, sending again',
  attention: 'Five minutes are left.',
  error: 'This could not be stored.',
} as const
const failure = new ApiError('unavailable', 'The server is busy. Nothing was changed.', 503, '0193a000-0000-7000')
const stem =
  '<p>A pendulum of length <math><mi>l</mi></math> swings with <math><mi>T</mi><mo>=</mo><mn>2</mn><mi>π</mi><msqrt><mfrac><mi>l</mi><mi>g</mi></mfrac></msqrt></math>.</p><ul><li>short</li><li>long</li></ul><pre><code>print(2 * pi)</code></pre>'

export const States = () => (
  <>
    <For each={meanings}>
      {(meaning) => (
        <>
          <Notice meaning={meaning}>
            <p>{words[meaning]}</p>
          </Notice>
          <Notice meaning={meaning} title="With a title">
            <p>{words[meaning]}</p>
          </Notice>
        </>
      )}
    </For>
    <ErrorNotice error={failure} title="The class was not archived" onRetry={() => undefined} />
    <div class="row">
      <For each={[...meanings, 'neutral', 'accent'] as const}>
        {(meaning) => (
          <Tag meaning={meaning} icon="info">
            {meaning}
          </Tag>
        )}
      </For>
      <TagList tags={['mechanics', 'week 3']} />
    </div>
    <p>
      <Time at="2026-12-01T09:00:00.000Z" />
    </p>
    <Empty title="No exams yet" action={<Button variant="primary">New exam</Button>}>
      An exam is a published quiz, given to a class at a time.
    </Empty>
    <div class="grid">
      <Skeleton kind="text" />
      <Skeleton kind="rows" />
      <Skeleton kind="cards" />
    </div>
    <Html html={stem} />
  </>
)
