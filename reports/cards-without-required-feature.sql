/*---
title: Kartoteki bez wymaganej cechy
description: >-
  Kartoteki, którym brakuje cechy dziś wymaganej od ich typu: powstały, zanim stała się wymagana, albo przyszły z importu.
  Jedna kartoteka tyle razy, ilu cech jej brakuje. Usunięte i scalone kartoteki oraz wycofane cechy się nie liczą.
database: CRM
parameters:
  - name: feature
    label: Cecha
    type: TEXT
    choicesSql: >-
      SELECT d.key FROM feature_definition AS d
      WHERE d.record_type = 'CLIENT' AND d.required AND NOT d.retired ORDER BY d.key
  - name: cardType
    label: Typ kartoteki
    type: TEXT
    choicesSql: SELECT t.key FROM card_type AS t WHERE t.deleted_at IS NULL ORDER BY t.key
  - name: activeOnly
    label: Tylko aktywne
    type: BOOLEAN
    default: true
columns:
  - { name: code, label: Kod }
  - { name: short_name, label: Nazwa }
  - { name: card_type, label: Typ kartoteki }
  - { name: account_manager, label: Opiekun }
  - { name: feature_key, label: Klucz cechy }
  - { name: feature_name, label: Brakująca cecha }
  - { name: client_id, label: Identyfikator kartoteki }
---*/
SELECT c.code,
       c.short_name,
       t.name AS card_type,
       u.name AS account_manager,
       d.key AS feature_key,
       d.name AS feature_name,
       'client_' || CAST(c.id AS text) AS client_id
FROM client AS c
INNER JOIN card_type AS t ON t.id = c.card_type_id
INNER JOIN feature_definition AS d
  ON d.record_type = 'CLIENT'
  AND d.required
  AND NOT d.retired
  AND (cardinality(d.card_type_ids) = 0 OR c.card_type_id = ANY (d.card_type_ids))
LEFT JOIN user_account AS u ON u.id = c.account_manager_id
WHERE c.deleted_at IS NULL
  AND (c.active OR NOT CAST(:activeOnly AS boolean))
  AND (CAST(:feature AS text) IS NULL OR d.key = CAST(:feature AS text))
  AND (CAST(:cardType AS text) IS NULL OR t.key = CAST(:cardType AS text))
  AND NOT EXISTS (SELECT 1 FROM feature_value AS v WHERE v.record_id = c.id AND v.definition_id = d.id)
ORDER BY c.short_name, c.code, d.position, d.name
