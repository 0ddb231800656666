import type { Quiz } from '@hourglass/quizzes/model'
import { type RouteSectionProps, useParams } from '@solidjs/router'
import { Show } from 'solid-js'
import { api } from '../../../lib/api'
import { createLoader } from '../../../lib/load'
import { t } from '../../../messages/quizzes'
import { ButtonLink } from '../../../parts/button'
import { Loaded } from '../../../parts/loaded'
import { Page } from '../../../parts/page'
import { SectionNav } from '../../../parts/section-nav'
import { Time } from '../../../parts/time'
import { quizPath, quizzesPath } from '../paths'
import '../quizzes.css'
import { QuizContext } from './quiz-context'

/** The frame of one quiz: its name, who changed it last, and its pages below. */
export default function QuizFrame(props: RouteSectionProps) {
  const params = useParams<{ quizId: string }>()
  const loader = createLoader(
    () => params.quizId,
    (id, signal) => api.get<Quiz>(`/api/quizzes/${id}`, { signal }),
  )
  return (
    <Page
      title={loader.data()?.title ?? t('quiz.page')}
      lead={
        <Show when={loader.data()}>
          {(quiz) => (
            <>
              {t('quiz.changedBy', { name: quiz().updatedBy.name })} <Time at={quiz().updatedAt} show="relative" />
            </>
          )}
        </Show>
      }
      actions={
        <ButtonLink href={quizzesPath} variant="quiet" icon="previous">
          {t('quiz.all')}
        </ButtonLink>
      }
    >
      <Loaded of={loader} skeleton="cards">
        {(quiz) => (
          <QuizContext.Provider value={{ quiz, setQuiz: loader.set }}>
            <SectionNav
              label={t('quiz.parts')}
              links={[
                { href: quizPath(quiz().id), label: t('quiz.edit') },
                { href: quizPath(quiz().id, 'publish'), label: t('quiz.publish') },
                { href: quizPath(quiz().id, 'versions'), label: t('quiz.versions') },
                { href: quizPath(quiz().id, 'editors'), label: t('quiz.editors') },
                { href: quizPath(quiz().id, 'export'), label: t('quiz.export') },
              ]}
            />
            {props.children}
          </QuizContext.Provider>
        )}
      </Loaded>
    </Page>
  )
}
