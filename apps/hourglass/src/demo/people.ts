/** Everybody in the demo has this password; the program that loads it listens on this machine only. */
export const demoPassword = 'hourglass demo'
export const demoAdmin = { email: 'admin@demo.example', password: demoPassword }
export const demoTeachers = [
  { name: 'Maria Winkelmann', email: 'teacher@demo.example' },
  { name: 'Jagadish Bose', email: 'other-teacher@demo.example' },
] as const

export type DemoStudent = {
  name: string
  email: string
  groups: string /** Share of questions they get right. */
  skill: number
}

/** The first one is free to sit the open exam, the second has time and a half. */
export const demoStudents: readonly DemoStudent[] = [
  { name: 'Ada Lovelace', email: 'student@demo.example', groups: 'A', skill: 0.9 },
  { name: 'Grace Hopper', email: 'student-more-time@demo.example', groups: 'A', skill: 0.95 },
  { name: 'Ibn al-Haytham', email: 'ibn@demo.example', groups: 'A', skill: 0.85 },
  { name: 'Sophie Germain', email: 'sophie@demo.example', groups: 'A', skill: 0.8 },
  { name: 'Chien-Shiung Wu', email: 'wu@demo.example', groups: 'A', skill: 0.75 },
  { name: 'Emmy Noether', email: 'emmy@demo.example', groups: 'A', skill: 0.7 },
  { name: 'Evariste Galois', email: 'evariste@demo.example', groups: 'B', skill: 0.6 },
  { name: 'Mary Anning', email: 'mary@demo.example', groups: 'B', skill: 0.55 },
  { name: 'Srinivasa Ramanujan', email: 'srinivasa@demo.example', groups: 'B', skill: 0.5 },
  { name: 'Hypatia', email: 'hypatia@demo.example', groups: 'B', skill: 0.4 },
  { name: 'Mae Jemison', email: 'mae@demo.example', groups: 'B', skill: 0.3 },
  { name: 'Tycho Brahe', email: 'tycho@demo.example', groups: 'B', skill: 0.2 },
]

/** Lines of the table that the program prints: who can sign in. */
export const describeSignIns = (): [string, string][] => [
  ['Student', `${demoStudents[0]?.email}   password: ${demoPassword}`],
  ['With 1.5×', `${demoStudents[1]?.email}`],
  ['Teacher', demoTeachers[0].email],
  ['Admin', demoAdmin.email],
]
