namespace KanSharp.Numerics;

/// <summary>How far derivatives go: a node of order d on a tape needs the derivative of order d + 1 for its gradient.</summary>
internal static class DerivativeOrder
{
    /// <summary>The highest derivative of a function that is evaluated.</summary>
    public const int Highest = 5;

    /// <summary>The highest order of a node.</summary>
    public const int HighestOfNode = Highest - 1;

    /// <summary>Whether a node can have an order.</summary>
    public static bool IsOfNode(int order) => order is >= 0 and <= HighestOfNode;

    /// <summary>What is thrown where a node of another order is to be recorded.</summary>
    /// <param name="what">Whose derivative it is.</param>
    /// <param name="order">The order asked for.</param>
    public static NotSupportedException Refused(string what, int order) => new(
        $"{what}: derivatives of order {order} can not be recorded on a tape; allowed are orders 0 (the value) to {HighestOfNode}, since the gradient needs the next one.");
}
