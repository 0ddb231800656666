import type { Member as MemberAnswer } from '@hourglass/students/model'
import type { PageList } from '../../lib/page-list'
import { createPageList } from '../../lib/page-list'

/** A member with the person's id, by which rows are told apart. */
export type Member = MemberAnswer & { id: string }

export const toMember = (member: MemberAnswer): Member => ({ ...member, id: member.person.id })

/** Everybody in a class: it is read whole, so that it is sorted and searched whole. */
export const createMemberList = (classId: () => string): PageList<Member> =>
  createPageList<MemberAnswer, Member>(() => `/api/classes/${classId()}/members`, {
    toItem: toMember,
    limit: 200,
    readsAll: true,
  })

/** "A, B ,A" as a list of groups; the server puts them in order and takes each once. */
export const readGroups = (text: string): string[] => text.split(',').flatMap((group) => group.trim() || [])
