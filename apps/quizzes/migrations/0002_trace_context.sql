ALTER TABLE "quizzes"."outbox" ADD COLUMN "traceparent" text;--> statement-breakpoint
ALTER TABLE "quizzes"."parked_events" ADD COLUMN "traceparent" text;