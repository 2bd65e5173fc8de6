namespace KanSharp.Numerics;

/// <summary>What a matrix product does with the values that already stand in its target.</summary>
internal enum ProductMode
{
    /// <summary>C = A·B; the former content, NaN included, does not matter.</summary>
    Assign,

    /// <summary>C = C + A·B.</summary>
    Add,

    /// <summary>C = C − A·B.</summary>
    Subtract,
}
