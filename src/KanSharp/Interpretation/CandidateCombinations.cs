namespace KanSharp.Interpretation;

/// <summary>Choices of one candidate for every edge, in the order of their total score.</summary>
internal static class CandidateCombinations
{
    /// <summary>The first combinations; each is an index into the list of every edge.</summary>
    /// <param name="candidates">Candidates of every edge, at least one each, the best one first.</param>
    /// <param name="most">Most combinations.</param>
    public static IEnumerable<int[]> Best(IReadOnlyList<IReadOnlyList<EdgeCandidate>> candidates, int most)
    {
        var queue = new PriorityQueue<(int[] Choice, int Last), (double, int)>();
        int number = 0;
        queue.Enqueue((new int[candidates.Count], 0), (0, number));
        for (int found = 0; found < most && queue.TryDequeue(out (int[] Choice, int Last) next, out (double Score, int) priority); found++)
        {
            yield return next.Choice;

            // Each combination is reached once: by raising edges in their order.
            for (int edge = next.Last; edge < candidates.Count; edge++)
            {
                int index = next.Choice[edge];
                if (index + 1 >= candidates[edge].Count)
                    continue;
                int[] choice = [.. next.Choice];
                choice[edge]++;
                double raise = Math.Max(candidates[edge][index + 1].Score - candidates[edge][index].Score, 0);
                queue.Enqueue((choice, edge), (priority.Score + raise, ++number));
            }
        }
    }
}
