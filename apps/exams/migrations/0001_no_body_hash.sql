ALTER TABLE "exams"."answer_log" DROP COLUMN "body_hash";--> statement-breakpoint
ALTER TABLE "exams"."late_arrivals" DROP COLUMN "body_hash";