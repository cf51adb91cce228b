/** Type tokens of TDS. Those ending in N carry a length with each value, zero meaning NULL. */
export const TypeCode = {
  null: 0x1f,
  tinyint: 0x30,
  bit: 0x32,
  smallint: 0x34,
  int: 0x38,
  smalldatetime: 0x3a,
  real: 0x3b,
  money: 0x3c,
  datetime: 0x3d,
  float: 0x3e,
  smallmoney: 0x7a,
  bigint: 0x7f,
  uniqueidentifierN: 0x24,
  intN: 0x26,
  bitN: 0x68,
  decimalN: 0x6a,
  numericN: 0x6c,
  floatN: 0x6d,
  moneyN: 0x6e,
  datetimeN: 0x6f,
  dateN: 0x28,
  timeN: 0x29,
  datetime2N: 0x2a,
  datetimeoffsetN: 0x2b,
  image: 0x22,
  text: 0x23,
  ntext: 0x63,
  varbinary: 0xa5,
  varchar: 0xa7,
  binary: 0xad,
  char: 0xaf,
  nvarchar: 0xe7,
  nchar: 0xef,
  variant: 0x62,
  userDefined: 0xf0,
  xml: 0xf1,
  table: 0xf3,
} as const;

/** Length of a variable type that says "up to 2 GB, in chunks". */
export const MAX_LENGTH = 0xffff;
export const NULL_LENGTH = 0xffff;
export const CHUNKED_NULL = 0xffff_ffff_ffff_ffffn;
export const CHUNKED_UNKNOWN_LENGTH = 0xffff_ffff_ffff_fffen;
