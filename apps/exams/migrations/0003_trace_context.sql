ALTER TABLE "exams"."outbox" ADD COLUMN "traceparent" text;--> statement-breakpoint
ALTER TABLE "exams"."parked_events" ADD COLUMN "traceparent" text;