import { For } from 'solid-js'

const colours = [
  'page',
  'surface',
  'sunken',
  'ink',
  'ink-soft',
  'accent',
  'stored',
  'kept',
  'attention',
  'error',
] as const
const sizes = [1, 2, 3, 4, 5, 6] as const

export const Colours = () => (
  <>
    <div class="grid">
      <For each={colours}>
        {(name) => (
          <div class="guide-swatch">
            <span class={`guide-colour guide-${name}`} />
            <code>{`--${name}`}</code>
          </div>
        )}
      </For>
    </div>
    <For each={sizes}>
      {(size) => <p class={`guide-text-${size}`}>{`--text-${size}  The quiet fox reads 0123456789 Il1 O0.`}</p>}
    </For>
    <p dir="rtl" lang="ar">
      ساعة رملية: نص عربي إلى جانب الأرقام ١٢٣
    </p>
    <pre tabindex="0">
      <code>const paper = arrange(version, seed)</code>
    </pre>
  </>
)
