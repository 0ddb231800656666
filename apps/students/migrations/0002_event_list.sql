CREATE TABLE "students"."event_cursors" (
	"consumer" text NOT NULL,
	"source" text NOT NULL,
	"until" timestamp with time zone NOT NULL,
	CONSTRAINT "event_cursors_consumer_source_pk" PRIMARY KEY("consumer","source")
);
--> statement-breakpoint
CREATE INDEX "outbox_occurred" ON "students"."outbox" USING btree ("occurred_at","id");