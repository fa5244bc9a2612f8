import * as z from "zod";

/** Who takes payments for clinics. */
export const PaymentProviderName = z.enum(["stripe"]);
export type PaymentProviderName = z.infer<typeof PaymentProviderName>;

/** How much of a visit's price a clinic asks for in advance, and who takes it. */
export const DepositTerms = z.object({
  provider: PaymentProviderName,
  depositPercent: z.int().min(1).max(100),
});
export type DepositTerms = z.infer<typeof DepositTerms>;
