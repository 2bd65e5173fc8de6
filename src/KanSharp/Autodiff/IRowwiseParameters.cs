using System.Numerics;

namespace KanSharp.Autodiff;

/// <summary>
/// A node with parameters that computes every row of its value from the same row of its input: it can tell the derivative of a row with
/// respect to its parameters, of which only a few consecutive runs are not zero.
/// </summary>
internal interface IRowwiseParameters<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether the value depends linearly on the parameters.</summary>
    bool IsLinear => true;

    /// <summary>Names the trainable parameters and the runs that one row has in them; the node remembers the numbers of its runs.</summary>
    void DeclareRuns(JacobianLayout<T> layout);

    /// <summary>
    /// Adds to the runs of every row what the node contributes, after a backward pass has brought the derivative of each row to the node.
    /// </summary>
    /// <param name="rows">Receives the runs; row n is row n of the node's value.</param>
    void AddRuns(JacobianRows rows);
}
