namespace KanSharp.Autodiff;

/// <summary>A run of a Jacobian row: it lies somewhere in its own region of the unknowns, a table of functions times outputs.</summary>
/// <param name="Region">First unknown of the region.</param>
/// <param name="RegionLength">Unknowns of the region.</param>
/// <param name="Length">Elements of the run, a whole number of functions.</param>
/// <param name="Outputs">Elements of one function; the whole region if it is no table.</param>
/// <param name="Offset">Where its values stand in a row of <see cref="JacobianRows"/>.</param>
internal readonly record struct JacobianRun(int Region, int RegionLength, int Length, int Outputs, int Offset)
{
    /// <summary>Elements with padding.</summary>
    public int Padded => (Length + JacobianRows.Alignment - 1) / JacobianRows.Alignment * JacobianRows.Alignment;

    /// <summary>Functions in the region.</summary>
    public int Functions => RegionLength / Outputs;

    /// <summary>Consecutive functions that are not zero in a row.</summary>
    public int Support => Length / Outputs;
}
