using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KanSharp.Numerics;

/// <summary>
/// Scratch memory that starts on a 64-byte boundary, so that a whole register never straddles two cache lines. It grows and is never given back;
/// its owner lives as long as its thread.
/// </summary>
internal sealed class AlignedBuffer<T>
    where T : unmanaged
{
    private const int Alignment = 64;
    private T[] _array = [];
    private int _offset;

    /// <summary>Elements from <see cref="First"/> on.</summary>
    public int Length => _array.Length - _offset;

    /// <summary>The first element.</summary>
    public ref T First => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_array), _offset);

    /// <summary>Makes room for <paramref name="length"/> elements; new memory is zero, the old contents are lost when it grows.</summary>
    public unsafe void Reserve(int length)
    {
        if (Length >= length && _array.Length > 0)
            return;
        _array = GC.AllocateArray<T>(checked(length + Alignment / sizeof(T)), pinned: true);
        nuint address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_array));
        _offset = (int)((Alignment - address % Alignment) % Alignment) / sizeof(T);
    }

    /// <summary>Makes room and gives the first element's address; what an earlier call gave is no longer valid.</summary>
    public unsafe T* Take(nint length)
    {
        Reserve(checked((int)length));
        return (T*)Unsafe.AsPointer(ref First);
    }

    /// <summary>The next 64-byte boundary at or after a pointer.</summary>
    public static unsafe T* Align(T* pointer) => (T*)(((nuint)pointer + Alignment - 1) & ~(nuint)(Alignment - 1));

    /// <summary>A part of the buffer.</summary>
    public Span<T> Slice(int start, int length) => _array.AsSpan(_offset + start, length);
}
