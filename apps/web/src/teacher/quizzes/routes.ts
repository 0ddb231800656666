import type { RouteDefinition } from '@solidjs/router'
import { lazy } from 'solid-js'
import { importPath, questionsPath, quizzesPath } from './paths'

/** Quizzes and the question bank. The addresses with words come before those with ids. */
export const quizRoutes: RouteDefinition[] = [
  { path: quizzesPath, component: lazy(() => import('./quiz-list')) },
  { path: importPath, component: lazy(() => import('./transfer/import-page')) },
  {
    path: `${quizzesPath}/:quizId`,
    component: lazy(() => import('./quiz/quiz-frame')),
    children: [
      { path: '/', component: lazy(() => import('./quiz/quiz-editor')) },
      { path: '/publish', component: lazy(() => import('./quiz/publish-page')) },
      { path: '/versions', component: lazy(() => import('./versions/versions-page')) },
      { path: '/editors', component: lazy(() => import('./quiz/editors-page')) },
      { path: '/export', component: lazy(() => import('./transfer/export-page')) },
    ],
  },
  { path: questionsPath, component: lazy(() => import('./question-bank')) },
  { path: `${questionsPath}/new`, component: lazy(() => import('./question/new-question')) },
  { path: `${questionsPath}/:questionId`, component: lazy(() => import('./question/edit-question')) },
]
