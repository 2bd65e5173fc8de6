namespace KanSharp.Numerics;

/// <summary>
/// Work in independent pieces. Implementations are objects that are kept and reused, so that running one allocates nothing; a piece
/// must write only what belongs to it.
/// </summary>
internal abstract class ParallelWork
{
    /// <summary>Does one piece. Called once for each index, from any thread, in any order.</summary>
    public abstract void Execute(int piece);
}
