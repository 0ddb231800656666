import type { Class, Member } from '@hourglass/students/model'

export type SchoolClass = Class
export type ClassMember = Member
export type { Accommodation } from '@hourglass/students/model'
