import type { Role } from '../lib/session'
import { t } from '../messages/common'

/** The header's links by role; the first is where a person starts. Add a page's link here and its text to `common`. */
export const linksOf = (role: Role): { href: string; label: string }[] => {
  switch (role) {
    case 'student':
      return [
        { href: '/', label: t('nav.myExams') },
        { href: '/results', label: t('nav.results') },
        { href: '/mailbox', label: t('nav.mailbox') },
      ]
    case 'teacher':
      return teacherLinks()
    case 'admin':
      return [
        { href: '/admin/people', label: t('nav.people') },
        { href: '/admin/events', label: t('nav.events') },
        { href: '/admin/reliability', label: t('nav.reliability') },
        ...teacherLinks(),
      ]
  }
}

const teacherLinks = () => [
  { href: '/teach/quizzes', label: t('nav.quizzes') },
  { href: '/teach/questions', label: t('nav.questions') },
  { href: '/teach/exams', label: t('nav.exams') },
  { href: '/teach/marking', label: t('nav.marking') },
  { href: '/teach/classes', label: t('nav.classes') },
  { href: '/mailbox', label: t('nav.mailbox') },
]

export const homeOf = (role: Role): string => linksOf(role)[0]?.href ?? '/account'
