namespace KanSharp.Numerics;

/// <summary>How far derivatives go: a node of order d on a tape needs the derivative of order d + 1 for its gradient.</summary>
internal static class DerivativeOrder
{
    /// <summary>The highest derivative of a function that is evaluated.</summary>
    public const int Highest = 5;

    /// <summary>The highest order of a node.</summary>
    public const int HighestOfNode = Highest - 1;

    /// <summary>Checks the order of a node where it is recorded.</summary>
    /// <param name="what">Whose derivative it is, as the subject of a sentence.</param>
    /// <param name="order">The order asked for.</param>
    /// <exception cref="NotSupportedException">It is not 0 to <see cref="HighestOfNode"/>.</exception>
    public static void CheckNode(string what, int order)
    {
        if (order is < 0 or > HighestOfNode)
            throw new NotSupportedException($"{what}: derivatives of order {order} can not be recorded on a tape; allowed are orders 0 (the value) to {HighestOfNode}, since the gradient needs the next one.");
    }
}
