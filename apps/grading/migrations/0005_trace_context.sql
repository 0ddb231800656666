ALTER TABLE "grading"."outbox" ADD COLUMN "traceparent" text;--> statement-breakpoint
ALTER TABLE "grading"."parked_events" ADD COLUMN "traceparent" text;