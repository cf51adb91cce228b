import { listed } from './word-lists.ts';

/**
 * Every kind of node and every field that the parser's tree of a report may have. What the tree says in other words is
 * refused with the word.
 */
export const treeWords: ReadonlySet<string> = new Set([
  // queries
  ...listed(`select union intersect except subquery values with ctes recursive materialized distinct distinct_on all top
    with_ties percent expressions from joins where_clause group_by having order_by limit offset fetch rows direction
    windows option rollup cube`),
  // relations
  ...listed(`table schema name alias column_aliases columns hints with_table_hint kind on using joined_table lateral only
    pivot unpivot unnest with_ordinality fields value_column name_column for_xml query_option open_j_s_o_n open_j_s_o_n_column_def as_json`),
  // values and conditions
  ...listed(`column literal literal_type value null boolean star parameter style paren tuple case operand whens else_ cast
    try_cast to collation at_time_zone zone interval extract field array_func array_slice subscript index dot lambda body
    parameters named_argument separator in query not_in not exists any op between low high symmetric like i_like escape
    similar_to pattern is_null is_true is_false is_unknown null_safe_eq null_safe_neq regexp_like regexp_i_like
    eq neq lt lte gt gte and or add sub mul div mod neg concat bitwise_and bitwise_or bitwise_xor bitwise_not
    bitwise_left_shift bitwise_right_shift
    array_contains_all array_contained_by array_overlaps j_s_o_n_b_contains j_s_o_n_b_contains_any_top_keys j_s_o_n_b_contains_all_top_keys quantifier json_extract json_extract_scalar
    json_extract_path json_extract_path_text path paths identifier var`),
  // types
  ...listed('data_type element_type length precision scale timezone'),
  // functions
  ...listed(`function aggregate_function method_call method args within_group window_function over partition_by
    window_name spec frame start end preceding following filter ignore_nulls
    count sum min max avg string_agg array_agg any_value approx_count_distinct logical_and logical_or mode stddev
    stddev_pop stddev_samp variance var_pop var_samp row_number rank dense_rank percent_rank cume_dist n_tile lag lead
    first_value last_value nth_value
    length lower upper substring trim initcap starts_with str_position substr to_number
    year month day abs acos asin atan atan2 ceil cos degrees exp floor ln log mod_func power pi radians sin sqrt tan
    coalesce if_func json_query json_value json_array_length to_json cardinality
    array_append array_length array_position array_remove
    num_buckets offset default condition true_value false_value characters position base haystack needle decimals digits`),
  // what is only spelling
  ...listed(`this expression left right catalog quoted desc asc nulls_first double_quoted integer_spelling real_spelling numeric_spelling dec_spelling format alias_explicit_as alias_first alias_keyword
    arrow_syntax hash_arrow_syntax double_colon_syntax direction end_side_text start_side_text kind_text nesting_group
    no_parens original_name parenthesized position_explicit from_for_syntax sql_standard_syntax use_inner_keyword
    use_outer_keyword explicit_asc columns_parenthesized comma`),
]);

/** Fields that only tell where a node stood, or what was written beside it. */
export const aside =
  listed(`span leading_comments trailing_comments pre_alias_comments post_select_comments comments
  operator_comments left_comments inferred_type`);

/** Functions that the parser has kinds of their own for. All others keep their names. */
export const kindsOfCalls: Readonly<Record<string, readonly string[]>> = {
  CAST: ['cast'],
  TRY_CAST: ['try_cast'],
  DATEPART: ['=DATE_PART'],
  IIF: ['if_func'],
  LEN: ['length'],
  CHAR_LENGTH: ['length'],
  CHARACTER_LENGTH: ['length'],
  SUBSTR: ['substring'],
  CEILING: ['ceil'],
  NTILE: ['n_tile'],
  LOG: ['log', 'ln'],
  ATAN: ['atan', 'atan2'],
  MOD: ['mod_func'],
  POSITION: ['str_position'],
  STRPOS: ['str_position'],
  BOOL_AND: ['logical_and'],
  BOOL_OR: ['logical_or'],
  EVERY: ['logical_and'],
  OPENJSON: ['open_j_s_o_n'],
};
