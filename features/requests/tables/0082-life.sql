-- The life of a request, whole: handed to another authority, answered in between.
ALTER TABLE simpul.request_threads DROP CONSTRAINT request_threads_state_check;
ALTER TABLE simpul.request_threads ADD CONSTRAINT request_threads_state_check CHECK (state IN ('queued', 'delivered',
  'opened', 'in-work', 'clarification', 'judicial', 'answered', 'refused', 'transferred', 'withdrawn', 'closed',
  'undelivered'));
