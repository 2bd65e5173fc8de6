namespace KanSharp.Symbolics.Evaluation;

/// <summary>What an instruction does to columns of numbers.</summary>
internal enum BlockOperation
{
    /// <summary>Column <c>Right</c> of the rows.</summary>
    Variable,

    /// <summary>The constant <c>Right</c> in every row.</summary>
    Constant,

    /// <summary>left + right.</summary>
    Add,

    /// <summary>left − right.</summary>
    Subtract,

    /// <summary>left · right.</summary>
    Multiply,

    /// <summary>left / right.</summary>
    Divide,

    /// <summary>left + constant <c>Right</c>.</summary>
    AddConstant,

    /// <summary>left · constant <c>Right</c>.</summary>
    Scale,

    /// <summary>constant <c>Right</c> / left.</summary>
    DivideInto,

    /// <summary>left to the power of the constant <c>Right</c>.</summary>
    ConstantPower,

    /// <summary>left to the power of right.</summary>
    Power,

    /// <summary>A function of left.</summary>
    Function,
}

/// <summary>
/// One step of a program: its result is a column of its own. <c>Left</c> and <c>Right</c> are numbers of earlier instructions, or of a constant
/// or variable where the operation says so.
/// </summary>
internal readonly record struct BlockInstruction(BlockOperation Operation, int Left, int Right, CatalogFunction? Function = null)
{
    /// <summary>Whether <see cref="Left"/> is a column.</summary>
    public bool ReadsLeft => Operation is not (BlockOperation.Variable or BlockOperation.Constant);

    /// <summary>Whether <see cref="Right"/> is a column.</summary>
    public bool ReadsRight => Operation is BlockOperation.Add or BlockOperation.Subtract or BlockOperation.Multiply or BlockOperation.Divide
        or BlockOperation.Power;

    /// <summary>Whether <see cref="Right"/> is a constant.</summary>
    public bool ReadsConstant => Operation is BlockOperation.Constant or BlockOperation.AddConstant or BlockOperation.Scale
        or BlockOperation.DivideInto or BlockOperation.ConstantPower;
}
