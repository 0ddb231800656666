import { type JSX, splitProps } from 'solid-js'
import './icon.css'

const paths = {
  check: 'M4.5 12.5l5 5L19.5 7',
  'check-circle': 'M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M8 12.3l2.8 2.8L16 9.600',
  computer: 'M4 5h16v11H4zM9 20h6M12 16v4',
  warning: 'M12 4L2.800 20h18.400zM12 10v4.500M12 17.200v.3',
  error: 'M8.200 3h7.600L21 8.200v7.600L15.800 21H8.200L3 15.800V8.200zM12 7.500v5.500M12 16.200v.3',
  info: 'M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M12 11v5.500M12 7.600v.3',
  flag: 'M5.500 21V4M5.500 4.500h11.500l-2.500 4l2.500 4H5.500',
  previous: 'M14.500 5.500L8 12l6.500 6.500',
  next: 'M9.500 5.500L16 12l-6.500 6.500',
  up: 'M5.500 14.500L12 8l6.500 6.500',
  down: 'M5.500 9.500L12 16l6.500-6.500',
  close: 'M6 6l12 12M18 6L6 18',
  menu: 'M4 7h16M4 12h16M4 17h16',
  clock: 'M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M12 7v5.300l3.500 2',
  hourglass:
    'M6 3.500h12M6 20.500h12M7.500 3.500v3c0 2.800 4.500 3.700 4.500 5.500s-4.500 2.700-4.500 5.500v3M16.500 3.500v3c0 2.800-4.500 3.700-4.500 5.500s4.500 2.700 4.500 5.500v3',
  pause: 'M8 5v14M16 5v14',
  upload: 'M12 16V4.500M7 9l5-5l5 5M4.500 16v4h15v-4',
  download: 'M12 4v11.500M7 11l5 5l5-5M4.500 16v4h15v-4',
  search: 'M10.500 4a6.500 6.500 0 1 0 0 13a6.500 6.500 0 0 0 0-13M15.300 15.300L20.500 20.500',
  plus: 'M12 5v14M5 12h14',
  person: 'M12 4a4 4 0 1 0 0 8a4 4 0 0 0 0-8M4.500 20.500c.6-4 3.500-6 7.500-6s6.900 2 7.500 6',
  mail: 'M3.500 6h17v12.500h-17zM4 6.800l8 6.200l8-6.200',
  eye: 'M2.500 12C5 7.500 8.200 5.500 12 5.500s7 2 9.500 6.500c-2.500 4.500-5.700 6.500-9.500 6.500s-7-2-9.500-6.500M12 9a3 3 0 1 0 0 6a3 3 0 0 0 0-6',
  sort: 'M8 10l4-4.500l4 4.500M8 14l4 4.500l4-4.500',
  drag: 'M9 6v.1M15 6v.1M9 12v.1M15 12v.1M9 18v.1M15 18v.1',
  lock: 'M6 11h12v9.500H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3',
  list: 'M9 6.500h11M9 12h11M9 17.500h11M4.500 6.500v.1M4.500 12v.1M4.500 17.500v.1',
  more: 'M5.500 12v.1M12 12v.1M18.500 12v.1',
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
