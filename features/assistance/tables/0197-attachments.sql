-- MLA-1: a formal request has attachments; the forms that were written before say that they have none.
UPDATE simpul.assistances SET form = form || '{"items": []}'::jsonb WHERE NOT form ? 'items';
