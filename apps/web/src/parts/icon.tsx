import { type JSX, splitProps } from 'solid-js'
import './icon.css'

const paths = {
  check: 'M4.5 12.5l5 5L19.5 7',
  'check-circle': 'M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M8 12.3l2.8 2.8L16 9.6',
  computer: 'M4 5h16v11H4zM9 20h6M12 16v4',
  warning: 'M12 4L2.8 20h18.4zM12 10v4.5M12 17.2v.3',
  error: 'M8.2 3h7.6L21 8.2v7.6L15.8 21H8.2L3 15.8V8.2zM12 7.5v5.5M12 16.2v.3',
  info: 'M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M12 11v5.5M12 7.6v.3',
  flag: 'M5.5 21V4M5.5 4.5h11.5l-2.5 4l2.5 4H5.5',
  previous: 'M14.5 5.5L8 12l6.5 6.5',
  next: 'M9.5 5.5L16 12l-6.5 6.5',
  up: 'M5.5 14.5L12 8l6.5 6.5',
  down: 'M5.5 9.5L12 16l6.5-6.5',
  close: 'M6 6l12 12M18 6L6 18',
  menu: 'M4 7h16M4 12h16M4 17h16',
  clock: 'M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M12 7v5.3l3.5 2',
  hourglass:
    'M6 3.5h12M6 20.5h12M7.5 3.5v3c0 2.8 4.5 3.7 4.5 5.5s-4.5 2.7-4.5 5.5v3M16.5 3.5v3c0 2.8-4.5 3.7-4.5 5.5s4.5 2.7 4.5 5.5v3',
  pause: 'M8 5v14M16 5v14',
  upload: 'M12 16V4.5M7 9l5-5l5 5M4.5 16v4h15v-4',
  download: 'M12 4v11.5M7 11l5 5l5-5M4.5 16v4h15v-4',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13M15.3 15.3L20.5 20.5',
  plus: 'M12 5v14M5 12h14',
  person: 'M12 4a4 4 0 1 0 0 8a4 4 0 0 0 0-8M4.5 20.5c.6-4 3.5-6 7.5-6s6.9 2 7.5 6',
  mail: 'M3.5 6h17v12.5h-17zM4 6.8l8 6.2l8-6.2',
  eye: 'M2.5 12C5 7.5 8.2 5.5 12 5.5s7 2 9.5 6.5c-2.5 4.5-5.7 6.5-9.5 6.5s-7-2-9.5-6.5M12 9a3 3 0 1 0 0 6a3 3 0 0 0 0-6',
  sort: 'M8 10l4-4.5l4 4.5M8 14l4 4.5l4-4.5',
  drag: 'M9 6v.1M15 6v.1M9 12v.1M15 12v.1M9 18v.1M15 18v.1',
  lock: 'M6 11h12v9.5H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  list: 'M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5v.1M4.5 12v.1M4.5 17.5v.1',
  empty: 'M5 5h14v14H5zM9 12h6',
} as const

export type IconName = keyof typeof paths

/** A drawing of ours, in the colour of the text beside it. It says nothing to a screen reader: words do. */
export function Icon(props: { name: IconName } & JSX.SvgSVGAttributes<SVGSVGElement>) {
  const [own, rest] = splitProps(props, ['name', 'class'])
  const mirrors = () => own.name === 'previous' || own.name === 'next'
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden="true"
      class={`icon ${own.class ?? ''}`}
      classList={{ 'icon-mirrors': mirrors() }}
      {...rest}
    >
      <path d={paths[own.name]} />
    </svg>
  )
}
