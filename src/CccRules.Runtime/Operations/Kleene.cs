using CccRules.Runtime.Facts;

namespace CccRules.Runtime.Operations;

/// <summary>
/// Kleene's strong three-valued logic on single truths. <c>and</c> and <c>or</c> are the bitwise operators of
/// <see cref="Truth"/>; here stands the rest. Called by emitted code.
/// </summary>
public static class Kleene
{
    /// <summary>Certain where the operand is certainly not, possible where it can be not.</summary>
    public static Truth Not(Truth operand) => (Truth)(((((int)operand >> 1) | ((int)operand << 1)) & 3) ^ 3);

    /// <summary>A truth of two bits.</summary>
    public static Truth Of(bool isCertain, bool isPossible) =>
        isCertain ? Truth.True : isPossible ? Truth.Open : Truth.False;

    /// <summary>A truth that is not open.</summary>
    public static Truth Of(bool isTrue) => isTrue ? Truth.True : Truth.False;

    /// <summary>A guarded condition: certain also where the guard is open and both branches agree.</summary>
    public static Truth IfThenElse(Truth guard, Truth then, Truth otherwise)
    {
        // possible = guard possible and then possible, or guard not certain and else possible; "can be false" likewise.
        var canBeTrue = (IsPossible(guard) && IsPossible(then)) || (!IsCertain(guard) && IsPossible(otherwise));
        var canBeFalse = (IsPossible(guard) && !IsCertain(then)) || (!IsCertain(guard) && !IsCertain(otherwise));
        return Of(!canBeFalse, canBeTrue);
    }

    /// <summary>One operand of <see cref="AtLeast"/>; the sum of all is the tally.</summary>
    public static long Tally(Truth operand) => ((long)operand & 1) + (((long)operand >> 1) << 32);

    /// <summary>At least <paramref name="count"/> of the operands that were added up.</summary>
    public static Truth AtLeast(int count, long tally) => Of((int)tally >= count, (int)(tally >> 32) >= count);

    /// <summary>The outcome lies among the statuses: certainly where all of it does, possibly where some of it does.</summary>
    public static Truth Among(byte outcome, byte statuses) => Of((outcome & ~statuses) == 0, (outcome & statuses) != 0);

    /// <summary>Outcome of an obligation that says when it is fulfilled.</summary>
    public static byte Outcome(Truth applies, Truth exempted, Truth inForce, Truth fulfilled) =>
        Outcome(applies, exempted, inForce, fulfilled, Programs.Outcome.Breached);

    /// <summary>Outcome of an option that says when it is taken: one that is not taken is not breached, it is available.</summary>
    public static byte OptionOutcome(Truth applies, Truth exempted, Truth inForce, Truth fulfilled) =>
        Outcome(applies, exempted, inForce, fulfilled, Programs.Outcome.Required);

    private static byte Outcome(Truth applies, Truth exempted, Truth inForce, Truth fulfilled, Programs.Outcome unfulfilled)
    {
        var outcome = Outcome(applies, exempted, inForce);
        if ((outcome & (byte)Programs.Outcome.Required) == 0)
        {
            return outcome;
        }

        outcome ^= (byte)Programs.Outcome.Required;
        outcome |= IsPossible(fulfilled) ? (byte)Programs.Outcome.Fulfilled : (byte)0;
        outcome |= IsCertain(fulfilled) ? (byte)0 : (byte)unfulfilled;
        return outcome;
    }

    /// <summary>
    /// Outcome of a deadline. Where it applies and is not met it is overdue after its date; before, it is soon due or upcoming.
    /// </summary>
    public static byte DeadlineOutcome(Truth applies, Truth met, Truth overdue, Truth soon)
    {
        var outcome = IsCertain(applies) ? Programs.Outcome.Nothing : Programs.Outcome.NotApplicable;
        if (!IsPossible(applies))
        {
            return (byte)outcome;
        }

        outcome |= IsPossible(met) ? Programs.Outcome.Fulfilled : Programs.Outcome.Nothing;
        if (!IsCertain(met))
        {
            outcome |= IsPossible(overdue) ? Programs.Outcome.Breached : Programs.Outcome.Nothing;
            if (!IsCertain(overdue))
            {
                outcome |= IsPossible(soon) ? Programs.Outcome.Soon : Programs.Outcome.Nothing;
                outcome |= IsCertain(soon) ? Programs.Outcome.Nothing : Programs.Outcome.Required;
            }
        }

        return (byte)outcome;
    }

    /// <summary>Outcome of a norm that does not say when it is fulfilled.</summary>
    public static byte Outcome(Truth applies, Truth exempted, Truth inForce)
    {
        var outcome = IsCertain(applies) ? Programs.Outcome.Nothing : Programs.Outcome.NotApplicable;
        if (!IsPossible(applies))
        {
            return (byte)outcome;
        }

        outcome |= IsPossible(exempted) ? Programs.Outcome.Exempt : Programs.Outcome.Nothing;
        if (!IsCertain(exempted))
        {
            outcome |= IsCertain(inForce) ? Programs.Outcome.Nothing : Programs.Outcome.NotInForce;
            outcome |= IsPossible(inForce) ? Programs.Outcome.Required : Programs.Outcome.Nothing;
        }

        return (byte)outcome;
    }

    internal static bool IsCertain(Truth truth) => ((int)truth & 1) != 0;

    internal static bool IsPossible(Truth truth) => ((int)truth & 2) != 0;
}
