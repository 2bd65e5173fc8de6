using System.Numerics;
using System.Runtime.CompilerServices;

namespace KanSharp.Autodiff;

/// <summary>
/// Hands out buffers in order and takes all of them back at once. The slabs stay, so a step that repeats the requests of the one
/// before allocates nothing. Buffers start on a 64-byte boundary and hold old values until they are written.
/// </summary>
internal sealed class Arena<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Alignment = 64;
    private const int SlabBytes = 1 << 20;
    private readonly List<T[]> _slabs = [];
    private int _slab;
    private int _used;

    /// <summary>Bytes held in slabs, in use or not.</summary>
    public long Bytes { get; private set; }

    /// <summary>A buffer of <paramref name="length"/> elements with undefined contents.</summary>
    public Buffer<T> Rent(int length)
    {
        int step = Alignment / Unsafe.SizeOf<T>();
        int rounded = checked((length + step - 1) / step * step);
        while (_slab < _slabs.Count && _used + rounded > _slabs[_slab].Length)
        {
            _slab++;
            _used = Start();
        }

        if (_slab == _slabs.Count)
        {
            int size = Math.Max(SlabBytes / Unsafe.SizeOf<T>(), rounded + step);
            _slabs.Add(GC.AllocateUninitializedArray<T>(size, pinned: true));
            Bytes += (long)size * Unsafe.SizeOf<T>();
            _used = Start();
        }

        var buffer = new Buffer<T>(_slabs[_slab], _used, length);
        _used += rounded;
        return buffer;
    }

    /// <summary>Where the next buffer would start; <see cref="Release"/> takes back all that were handed out since.</summary>
    public (int Slab, int Used) Mark() => (_slab, _used);

    /// <summary>Takes back the buffers that were handed out since a mark was taken.</summary>
    public void Release((int Slab, int Used) mark) => (_slab, _used) = mark;

    /// <summary>Takes every buffer back.</summary>
    public void Reset()
    {
        _slab = 0;
        _used = Start();
    }

    private unsafe int Start()
    {
        if (_slab >= _slabs.Count)
            return 0;
        nuint address = (nuint)Unsafe.AsPointer(ref _slabs[_slab][0]);
        return (int)((Alignment - address % Alignment) % Alignment) / Unsafe.SizeOf<T>();
    }
}
