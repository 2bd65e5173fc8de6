namespace KanSharp.Symbolics.Evaluation;

/// <summary>Which column each instruction writes: one that nobody reads any more, so that few columns do.</summary>
internal static class ColumnPlan
{
    public static (int[] Slots, int Count) Of(ReadOnlySpan<BlockInstruction> instructions)
    {
        int[] lastUse = new int[instructions.Length];
        for (int i = 0; i < instructions.Length; i++)
        {
            if (instructions[i].ReadsLeft)
                lastUse[instructions[i].Left] = i;
            if (instructions[i].ReadsRight)
                lastUse[instructions[i].Right] = i;
        }

        int[] slots = new int[instructions.Length];
        Stack<int> free = new();
        int count = 0;
        for (int i = 0; i < instructions.Length; i++)
        {
            // elementwise operations may write where they read
            if (instructions[i].ReadsLeft && lastUse[instructions[i].Left] == i)
                free.Push(slots[instructions[i].Left]);
            if (instructions[i].ReadsRight && lastUse[instructions[i].Right] == i && instructions[i].Right != instructions[i].Left)
                free.Push(slots[instructions[i].Right]);
            slots[i] = free.Count > 0 ? free.Pop() : count++;
        }

        return (slots, count);
    }
}
