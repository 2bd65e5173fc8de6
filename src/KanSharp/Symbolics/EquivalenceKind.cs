namespace KanSharp.Symbolics;

/// <summary>Up to what two expressions must be equal.</summary>
public enum EquivalenceKind
{
    /// <summary>Equal values.</summary>
    Exact,

    /// <summary>Equal but for a constant that is added.</summary>
    AdditiveConstant,

    /// <summary>Equal but for a constant factor other than 0.</summary>
    MultiplicativeConstant,

    /// <summary>One of the three; the rule of SRBench for a formula that counts as found.</summary>
    AnyConstant,
}
