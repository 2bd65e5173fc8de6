using KanSharp.Data;

namespace KanSharp.Interchange;

/// <summary>What the header says of one tensor; offsets count from the end of the header, End is exclusive.</summary>
internal readonly record struct SafetensorsEntry(string Name, ElementType Type, int[] Shape, long Begin, long End, int Order)
{
    public string Where => SafetensorsText.WhereTensor(Name);
}
