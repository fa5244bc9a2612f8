import type { Language } from "../../platform/schemas.ts";

/** An amount in minor units of its currency (ISO 4217). */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

// ISO 4217 where it is not two. Intl knows how prices are shown, which for some currencies has fewer digits.
const noMinorUnit = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(" ");
const thousandths = "BHD IQD JOD KWD LYD OMR TND".split(" ");

const minorDigits = (currency: string): number => {
  if (noMinorUnit.includes(currency)) return 0;
  return thousandths.includes(currency) ? 3 : 2;
};

/**
 * A price as it is written in the currency's own country where that speaks `language`: `$600.00` for pesos in Mexican
 * Spanish, `MX$600.00` in English.
 */
export function moneyIn(language: Language, { amount, currency }: Money): string {
  // The first two letters of a currency's code are its country's.
  const locale = `${language}-${currency.slice(0, 2)}`;
  const digits = minorDigits(currency);
  const unit = 10 ** digits;
  const format = new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    maximumFractionDigits: digits,
    ...(amount % unit === 0 ? {} : { minimumFractionDigits: digits }),
  });
  return format.format(amount / unit);
}
