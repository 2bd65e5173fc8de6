namespace KanSharp.Interpretation;

/// <summary>How a function is put together from functions of groups of its variables.</summary>
public enum StructureKind
{
    /// <summary>One variable.</summary>
    Leaf,

    /// <summary>A sum, Σ f_g.</summary>
    Add,

    /// <summary>A product, Π f_g, but for a constant that is added.</summary>
    Mul,

    /// <summary>A function of a sum, h(Σ p_g) (pykan: GS).</summary>
    GeneralSeparability,

    /// <summary>A function F(u_1, u_2, …) of one number per group.</summary>
    Symmetry,

    /// <summary>None of these.</summary>
    None,
}
