/** A few rows for the tables that docs/connect-your-erp.md works through. */
export const exampleRows = `
INSERT INTO dbo.[Sales Customer] VALUES ('C-1', N'ALFA', N'Alfa Sp. z o.o.', '', 1500.5, 0), ('C-2', N'BETA', N'Beta', 'PL5260250274', 0, 2);
INSERT INTO dbo.[Invoice Header] VALUES
  (1, 10, 'C-1', N'FV/10', '20260102', '20260201', '', 1000, 230, NULL),
  (2, 10, 'C-1', N'FK/10', '20260203', '17530101', '', -100, -23, 10),
  (1, 11, 'C-2', N'FV/11', '20260103', '20260110', 'EUR', 50.1234, 0, 10);
GO
`;
