CREATE TABLE "grading"."abandoned_attempts" (
	"attempt_id" uuid PRIMARY KEY NOT NULL,
	"abandoned_at" timestamp with time zone NOT NULL
);
