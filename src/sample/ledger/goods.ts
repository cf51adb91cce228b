/** What a customer takes: lines with products, quantities and prices. */
import { type Amount, amount, toGrosz } from './amounts.ts';
import { goodsOnSale, type Product, training, transport } from './catalogue.ts';
import { rateOn } from './exchange-rate.ts';
import type { GoodsLine, Line } from './ledger.type.ts';
import type { Random } from './random.ts';
import type { TradeTerms } from './trade-terms.ts';

/** A customer with many deals takes more at a time too. */
export function takeGoods(random: Random, terms: TradeTerms, currency: string, day: string): GoodsLine[] {
  const wanted = new Set<Product>();
  const lines = random.between(1, 5);
  while (wanted.size < lines) wanted.add(random.pick(goodsOnSale));
  const discount = 100 - random.between(0, 12);
  const dozens = terms.conduct === 'cash' ? 0 : Math.ceil(terms.deals / 8);
  return [...wanted].map((product) => {
    const pairs = dozens === 0 ? random.between(1, 3) : 6 * random.between(1, dozens * 2);
    const listed = toGrosz(product.price, discount, 100);
    const home = discount === 100 ? product.price : listed;
    const price = currency === 'PLN' ? home : toGrosz(home, 10_000, rateOn(currency, day));
    return goodsLine(product, amount(pairs), price, terms);
  });
}

/** Now and then a service rides along. */
export function takeService(random: Random, terms: TradeTerms, currency: string, day: string): GoodsLine[] {
  if (!random.chance(14)) return [];
  const product = random.chance(85) ? transport : training;
  const price = currency === 'PLN' ? product.price : toGrosz(product.price, 10_000, rateOn(currency, day));
  return [goodsLine(product, amount(1), price, terms)];
}

export function withQuantity(line: GoodsLine, quantity: Amount): GoodsLine {
  return { ...line, quantity, net: toGrosz(quantity, line.price, 10_000) };
}

export function textLine(text: string, net: Amount, terms: TradeTerms): Line {
  const vatRate = terms.treatment === 'domestic' ? '23' : '0';
  return { product: null, text, quantity: amount(1), price: net, net, vatRate };
}

function goodsLine(product: Product, quantity: Amount, price: Amount, terms: TradeTerms): GoodsLine {
  const abroad = product.service ? 'np' : '0';
  return {
    product,
    text: null,
    quantity,
    price,
    net: toGrosz(quantity, price, 10_000),
    vatRate: terms.treatment === 'domestic' ? product.vatRate : abroad,
  };
}
